#include "cli/run.h"

int main(int argc, char** argv) { return lunette::cli::run({argv + 1, argv + argc}); }
