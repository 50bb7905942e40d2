// Gives every test its own folder and runs the real program in it.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace convscope::cli {

struct Outcome {
  int status = -1;  // 128 and more: terminated by a signal
  std::string out;
  std::string err;
};

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Workbench : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(info->test_suite_name()) + "-" + info->name();
    for (char& letter : name) {
      letter = letter == '/' ? '-' : letter;
    }
    folder_ = std::filesystem::temp_directory_path() / ("convscope-cli-" + name);
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
  }

  // Runs `convscope ARGUMENTS` through a shell in the test's folder.
  Outcome convscope(const std::string& arguments, const std::string& environment = "") const {
    const std::string command = "cd '" + folder_.string() + "' && " + environment + " '" +
                                CONVSCOPE_PROGRAM + "' " + arguments;
    const std::string out = path(".stdout").string();
    const std::string err = path(".stderr").string();
    const int result =
        std::system(("(" + command + ") >'" + out + "' 2>'" + err + "' </dev/null").c_str());
    const int status = WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
    Outcome outcome = {status, read(out), read(err)};
    std::filesystem::remove(out);
    std::filesystem::remove(err);
    return outcome;
  }

  std::filesystem::path folder_;
};

// A lesson of one layer, as compact as the format allows.
inline std::string tiny_lesson(const std::string& input, const std::string& layer) {
  return R"({"format": 1, "id": "tiny", "title": "Tiny", "scenes": [{"input": )" + input +
         R"(, "layers": [)" + layer + "]}]}";
}

}  // namespace convscope::cli
