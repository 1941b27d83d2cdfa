#include "script/io/job_pool.h"

#include <memory>

namespace lunette::script {

struct JobPool::Job {
    uv_work_t request{};
    JobPool* pool;
    std::function<void()> work;
    std::function<void()> done;
};

void JobPool::submit(std::function<void()> work, std::function<void()> done) {
    auto* job = new Job{{}, this, std::move(work), std::move(done)};
    job->request.data = job;
    ++running_;
    uv_queue_work(
        loop_, &job->request, [](uv_work_t* request) { static_cast<Job*>(request->data)->work(); },
        [](uv_work_t* request, int) {
            const std::unique_ptr<Job> finished{static_cast<Job*>(request->data)};
            --finished->pool->running_;
            finished->done();
        });
}

} // namespace lunette::script
