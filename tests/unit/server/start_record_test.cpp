#include "server/start_record.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace lunette::server {
namespace {

class StartRecordTest : public ::testing::Test {
protected:
    StartRecordTest() { EXPECT_NE(::mkdtemp(folder_.data()), nullptr); }
    ~StartRecordTest() override { std::filesystem::remove_all(folder_); }
    StartRecord record() const { return StartRecord{folder_ + "/starting-main"}; }

private:
    std::string folder_ = "/tmp/lunette-start-XXXXXX";
};

TEST_F(StartRecordTest, CountsStartsThatNeverWereUp) {
    EXPECT_EQ(record().crashes(), 0);
    record().begins();
    EXPECT_EQ(record().crashes(), 1);
    record().begins();
    EXPECT_EQ(record().crashes(), 2);
}

TEST_F(StartRecordTest, OneThatIsUpEndsTheRow) {
    record().begins();
    record().begins();
    record().is_up();
    EXPECT_EQ(record().crashes(), 0);
}

TEST_F(StartRecordTest, WithoutAFileNothingIsRemembered) {
    const StartRecord none;
    none.begins();
    none.is_up();
    EXPECT_EQ(none.crashes(), 0);
    const StartRecord nowhere{"/nonexistent/folder/file"};
    nowhere.begins();
    EXPECT_EQ(nowhere.crashes(), 0);
}

} // namespace
} // namespace lunette::server
