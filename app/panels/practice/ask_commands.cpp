// Commands that ask: about the scene, in practice, in a quiz.
#include "app/panels/commands/commands.h"

namespace convscope::panels {
namespace {

constexpr std::int64_t kOfScene = 3;
constexpr std::int64_t kOfQuiz = 10;

// Who asks again gets other questions; the same work leads to the same ones.
std::int64_t next_seed(const PanelContext& context) {
  return static_cast<std::int64_t>(context.session.outcomes.size()) + 1;
}

bool can_ask(const PanelContext& context) { return !context.empty && !context.session.asking; }

auto asks(session::AskAbout about, std::int64_t count) {
  return [about, count](const PanelContext& context) {
    if (can_ask(context)) {
      context.emit(session::action::Ask{about, 0, next_seed(context), count});
    }
  };
}

}  // namespace

std::vector<CommandRow> ask_commands() {
  return {{Command::kAsk,
           "ask",
           {key(Key::kQ)},
           {},
           asks(session::AskAbout::kScene, kOfScene),
           can_ask},
          {Command::kPractice,
           "practice",
           {shift(Key::kQ)},
           {},
           [](const PanelContext& context) {
             std::optional<PracticeList>& list = context.ui.practice;
             list = list ? std::nullopt : std::optional(PracticeList{});
           }},
          {Command::kQuiz, "quiz", {}, {}, asks(session::AskAbout::kQuiz, kOfQuiz), can_ask}};
}

}  // namespace convscope::panels
