#include "core/session/action/toggle.h"

#include <string>

#include "core/session/action/rows.h"

namespace convscope::session::action {

std::vector<Row> toggle_rows() {
  std::vector<Row> rows;
  for (const Toggle& toggle : kToggles) {
    rows.push_back(
        row<Switch, [](Session& session, const Switch& a) { session.toggles.*a.setting = a.on; },
            [](Fields& fields, Switch& a) {
              fields.boolean(kToggles[place_of(a.setting)].word, a.on);
            }>("set_" + std::string(toggle.word)));
    rows.back().blank = Switch{toggle.setting, false};
  }
  return rows;
}

}  // namespace convscope::session::action
