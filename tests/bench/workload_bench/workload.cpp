#include "tests/bench/workload_bench/workload.h"

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace convscope::bench {

namespace {

using Cells = std::map<std::string, std::string>;

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) {
    cells.push_back(cell);
  }
  return cells;
}

std::string text(const Cells& row, const std::string& column) {
  const auto found = row.find(column);
  if (found == row.end()) {
    throw std::runtime_error("there is no column \"" + column + "\"");
  }
  return found->second;
}

std::int64_t number(const Cells& row, const std::string& column) {
  const std::string word = text(row, column);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) {
    throw std::runtime_error("\"" + word + "\" in the column \"" + column +
                             "\" is not a whole number");
  }
  return value;
}

Kind kind_of(const std::string& word) {
  const std::map<std::string, Kind> kKinds = {{"fwd", Kind::kForward},
                                              {"bwd_x", Kind::kInputGradient},
                                              {"bwd_w", Kind::kWeightGradient},
                                              {"tconv", Kind::kTransposed}};
  const auto found = kKinds.find(word);
  if (found == kKinds.end()) {
    throw std::runtime_error("the kind \"" + word + "\" is none of fwd, bwd_x, bwd_w, tconv");
  }
  return found->second;
}

Workload workload_of(const Cells& row) {
  Workload work;
  work.name = text(row, "name");
  work.kind = kind_of(text(row, "kind"));
  work.input = {number(row, "N"), number(row, "C"), number(row, "H"), number(row, "W")};
  work.spec.op = work.kind == Kind::kTransposed ? conv::Op::kConvTranspose : conv::Op::kConv;
  work.spec.in_channels = work.input.c;
  work.spec.out_channels = number(row, "K");
  work.spec.kernel_size = {number(row, "kh"), number(row, "kw")};
  work.spec.stride = {number(row, "sh"), number(row, "sw")};
  work.spec.padding = conv::PaddingRule::kExplicit;
  work.spec.pads = {number(row, "pt"), number(row, "pb"), number(row, "pl"), number(row, "pr")};
  work.spec.dilation = {number(row, "dh"), number(row, "dw")};
  work.spec.groups = number(row, "groups");
  work.image = number(row, "image") != 0;
  if (const auto found = conv::problems(work.spec, work.input); !found.empty()) {
    throw std::runtime_error("the layer can't run: " + found.front().code);
  }
  return work;
}

Cells row_of(const std::vector<std::string>& header, const std::string& line) {
  const std::vector<std::string> cells = split(line);
  if (cells.size() != header.size()) {
    throw std::runtime_error("the row does not have the header's " + std::to_string(header.size()) +
                             " cells");
  }
  Cells row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    row[header[i]] = cells[i];
  }
  return row;
}

}  // namespace

std::vector<Workload> read_workloads(const std::string& file) {
  std::ifstream in(file);
  std::vector<Workload> workloads;
  std::vector<std::string> header;
  std::string line;
  for (int at = 1; std::getline(in, line); ++at) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    if (header.empty()) {
      header = split(line);
      continue;
    }
    try {
      workloads.push_back(workload_of(row_of(header, line)));
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(file + ":" + std::to_string(at) + ": " + error.what() + ".");
    }
  }
  if (workloads.empty()) {
    throw std::runtime_error("No workloads can be read from \"" + file + "\".");
  }
  return workloads;
}

}  // namespace convscope::bench
