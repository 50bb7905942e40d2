#include "core/session/action/rows.h"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace convscope::session::action {
namespace {

// The only kind with several rows is the last, so that the others' rows are at their index.
constexpr std::size_t kSwitch = std::variant_size_v<Action> - 1;

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (std::vector<Row> family : {time_rows(), look_rows(), edit_rows(), build_rows(),
                                  author_rows(), document_rows(), ask_rows(), toggle_rows()}) {
    std::ranges::move(family, std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, [](const Row& row) { return row.blank.index(); });
  return all;
}

}  // namespace

std::span<const Row> rows() {
  static const std::vector<Row> kRows = all_rows();
  return kRows;
}

const Row& row_of(const Action& action) {
  static_assert(std::is_same_v<std::variant_alternative_t<kSwitch, Action>, Switch>);
  const auto* toggle = std::get_if<Switch>(&action);
  return rows()[action.index() + (toggle != nullptr ? place_of(toggle->setting) : 0)];
}

}  // namespace convscope::session::action
