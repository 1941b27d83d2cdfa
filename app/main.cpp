#include "cli/run.h"

#include <lunette/engine.h>

#include <cstdio>

#include <unistd.h>

int main(int argc, char** argv) {
    const int status = lunette::cli::run({argv + 1, argv + argc});
    if (lunette::Engine::threads_left_behind() == 0) return status;
    std::fflush(nullptr);
    _exit(status); // a thread may still use what static destructors would destroy
}
