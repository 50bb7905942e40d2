#include "tests/golden_check/manifest.h"

#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <utility>

#include "core/tensor/problem.h"

namespace convscope::golden {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in || fs::is_directory(file)) {
    throw std::runtime_error(file.string() + " can't be read.");
  }
  return bytes;
}

NpyArray read_array(const fs::path& folder, const json& entry) {
  const fs::path file = folder / entry.at("file").get<std::string>();
  const std::string bytes = read_file(file);
  NpyArray array;
  try {
    array = parse_npy(std::as_bytes(std::span(bytes.data(), bytes.size())), file.string());
  } catch (const Failure& failure) {
    throw std::runtime_error(file.string() + " is not a readable array (" + failure.what() + ").");
  }
  if (array.shape != entry.at("shape").get<std::vector<std::int64_t>>()) {
    throw std::runtime_error(file.string() + " has another shape than the manifest says.");
  }
  return array;
}

Case read_case(const fs::path& folder, const json& entry) {
  Case result;
  result.name = entry.at("name");
  result.op = entry.at("op");
  result.params = entry.at("params");
  result.atol = entry.at("atol");
  result.rtol = entry.at("rtol");
  for (const auto& [name, input] : entry.at("inputs").items()) {
    result.inputs.emplace(name, read_array(folder, input));
  }
  result.expected = read_array(folder, entry.at("expected"));
  return result;
}

}  // namespace

std::vector<Case> read_cases(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  const std::string text = read_file(file);
  try {
    const json manifest = json::parse(text);
    if (manifest.at("format") != 1) {
      throw std::runtime_error(file.string() + " has a format other than 1.");
    }
    std::vector<Case> cases;
    for (const json& entry : manifest.at("cases")) {
      cases.push_back(read_case(folder, entry));
    }
    return cases;
  } catch (const json::exception& error) {
    throw std::runtime_error(file.string() + " is not a golden manifest (" + error.what() + ").");
  }
}

void write_array(const fs::path& file, const NpyArray& array) {
  std::ofstream out(file, std::ios::binary);
  out << npy_bytes(array.shape, array.values) << std::flush;
  if (!out) {
    throw std::runtime_error(file.string() + " can't be written.");
  }
}

}  // namespace convscope::golden
