#include "core/session/action/rows.h"

#include <algorithm>
#include <iterator>
#include <typeindex>
#include <unordered_map>

namespace convscope::session::action {
namespace {

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (std::vector<Row> family : {time_rows(), look_rows(), edit_rows(), build_rows(),
                                  author_rows(), document_rows(), ask_rows(), toggle_rows()}) {
    std::ranges::move(family, std::back_inserter(all));
  }
  return all;
}

// The first row of each kind.
std::unordered_map<std::type_index, std::size_t> first_rows() {
  std::unordered_map<std::type_index, std::size_t> places;
  for (std::size_t i = 0; i < rows().size(); ++i) {
    places.emplace(rows()[i].blank.kind(), i);
  }
  return places;
}

}  // namespace

std::span<const Row> rows() {
  static const std::vector<Row> kRows = all_rows();
  return kRows;
}

const Row& row_of(const Action& action) {
  static const std::unordered_map<std::type_index, std::size_t> kFirst = first_rows();
  const auto* toggle = action.as<Switch>();
  return rows()[kFirst.at(action.kind()) + (toggle != nullptr ? place_of(toggle->setting) : 0)];
}

}  // namespace convscope::session::action
