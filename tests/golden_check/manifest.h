// The golden manifest: cases, their parameters and their arrays. Format:
// tests/golden/numeric/README.md.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/conv/run_options.h"
#include "core/tensor/npy.h"

namespace convscope::golden {

struct Case {
  std::string name;
  std::string op;
  nlohmann::json params;
  std::map<std::string, NpyArray> inputs;
  NpyArray expected;
  double atol = 0;
  double rtol = 0;
  conv::RunOptions run = {};  // how to compute it, if there is a choice
};

// Reads `folder`/manifest.json and every array. Throws std::runtime_error with a one-sentence
// message.
std::vector<Case> read_cases(const std::filesystem::path& folder);

// Throws std::runtime_error if the file can't be written.
void write_array(const std::filesystem::path& file, const NpyArray& array);

}  // namespace convscope::golden
