#include "core/session/action/rows.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace convscope::session::action {
namespace {

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (std::vector<Row> family : {time_rows(), look_rows(), edit_rows(), document_rows()}) {
    std::ranges::move(family, std::back_inserter(all));
  }
  std::ranges::sort(all, {}, [](const Row& row) { return row.blank.index(); });
  return all;
}

}  // namespace

std::span<const Row> rows() {
  static const std::vector<Row> kRows = all_rows();
  return kRows;
}

const Row& row_of(const Action& action) {
  assert(rows().size() == std::variant_size_v<Action>);
  return rows()[action.index()];
}

}  // namespace convscope::session::action
