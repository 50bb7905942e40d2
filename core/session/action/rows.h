// The table of actions: one row each, in the file of its family. JSON, update() and the tests go by
// it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/session/action.h"
#include "core/session/action/fields.h"

namespace convscope::session::action {

// What undo calls an action, below "undo." in the locale.
using Change = std::function<std::string(const Action&)>;
inline Change named(std::string name) {
  return [name = std::move(name)](const Action&) { return name; };
}

struct Row {
  std::string name;  // what JSON calls it; empty: it has no JSON form
  Action blank;      // its members as they are when nothing is said
  void (*visit)(Fields& fields, Action& action);
  void (*apply)(Session& session, const Action& action);
  Change change;  // none: undo doesn't take it back
};

// A kind has one row, Switch one for each toggle.
std::span<const Row> rows();
const Row& row_of(const Action& action);

// The rows of each family.
std::vector<Row> time_rows();
std::vector<Row> look_rows();
std::vector<Row> edit_rows();
std::vector<Row> build_rows();
std::vector<Row> author_rows();
std::vector<Row> document_rows();
std::vector<Row> ask_rows();
std::vector<Row> toggle_rows();

// For actions without members.
struct NoFields {
  template <typename Kind>
  void operator()(Fields&, Kind&) const {}
};

// `kApply` takes the session, and the action if it wants it; `kVisit` visits the action's fields.
template <typename Kind, auto kApply, auto kVisit = NoFields{}>
Row row(std::string name, Change change = nullptr) {
  return {std::move(name), Kind{},
          [](Fields& fields, Action& action) { kVisit(fields, *action.as<Kind>()); },
          [](Session& session, const Action& action) {
            if constexpr (std::is_invocable_v<decltype(kApply), Session&, const Kind&>) {
              kApply(session, *action.as<Kind>());
            } else {
              kApply(session);
            }
          },
          std::move(change)};
}

}  // namespace convscope::session::action
