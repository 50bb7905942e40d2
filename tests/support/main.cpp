// Runs the tests; --update-goldens rewrites the reviewed files instead of comparing with them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

namespace {

void set_environment(const char* name, const char* value) {
#ifdef _WIN32
  _putenv_s(name, value);
#else
  setenv(name, value, 1);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--update-goldens") {
      set_environment("CONVSCOPE_UPDATE_GOLDENS", "1");
    }
  }
  return RUN_ALL_TESTS();
}
