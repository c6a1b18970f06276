#ifdef MCPCRED_CATCH3
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

// The test programs are as undumpable and as free of environment surprises as the shell that runs them; what a test
// needs it sets itself.
int main(int argc, char** argv) {
  return Catch::Session().run(argc, argv);
}
