#include "app/panels/commands/commands.h"

#include <algorithm>
#include <iterator>

#include "core/lesson/views.h"
#include "core/session/toggles.h"

namespace convscope::panels {
namespace {

static_assert(lesson::kViewTable.size() <= kMostOfATable);
static_assert(session::kToggles.size() <= kMostOfATable);

Command nth(Command first, std::size_t index) {
  return static_cast<Command>(static_cast<int>(first) + static_cast<int>(index));
}

std::vector<CommandRow> all_commands() {
  std::vector<CommandRow> all;
  for (std::vector<CommandRow> part :
       {time_commands(), look_commands(), stage_commands(), document_commands(), ask_commands(),
        present_commands(), window_commands()}) {
    std::ranges::move(part, std::back_inserter(all));
  }
  return all;
}

}  // namespace

Command show_command(lesson::View view) {
  return nth(Command::kFirstView, static_cast<std::size_t>(view));
}

Command beside_command(lesson::View view) {
  return nth(Command::kFirstBeside, static_cast<std::size_t>(view));
}

Command toggle_command(bool session::Toggles::* setting) {
  return nth(Command::kFirstToggle, session::place_of(setting));
}

std::span<const CommandRow> commands() {
  static const std::vector<CommandRow> kTable = all_commands();
  return kTable;
}

const CommandRow& row_of(Command command) {
  return *std::ranges::find(commands(), command, &CommandRow::command);
}

void run_command(Command command, const PanelContext& context) {
  // On a black screen a clicker's next press brings the picture back.
  const bool wakes = command != Command::kBlank && command != Command::kClose &&
                     command != Command::kPresent && command != Command::kQuit;
  if (wakes && context.ui.presenter && context.ui.presenter->blank) {
    context.ui.presenter->blank = false;
    return;
  }
  row_of(command).run(context);
}

bool is_enabled(Command command, const PanelContext& context) {
  const CommandRow& row = row_of(command);
  return !row.enabled || row.enabled(context);
}

}  // namespace convscope::panels
