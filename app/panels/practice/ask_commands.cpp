// Commands that ask: about the scene, in practice, in a quiz.
#include "app/panels/commands/commands.h"
#include "app/panels/practice/practice.h"
#include "app/panels/widgets/imgui_shim.h"

namespace convscope::panels {
namespace {

constexpr std::int64_t kOfScene = 3;

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
  return {
      {Command::kAsk,
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
      {Command::kQuiz, "quiz", {}, {}, asks(session::AskAbout::kQuiz, kQuizQuestions), can_ask}};
}

void answer_by_key(const InputEvent& event, const PanelContext& context) {
  const int option = static_cast<int>(event.key) - static_cast<int>(Key::kA);
  const bool letter = event.kind == InputEvent::Kind::kKey && event.down && !event.repeat &&
                      event.modifiers == Modifiers{} && event.key >= Key::kA &&
                      event.key <= Key::kD;
  if (letter && session::is_asking(context.session) && !widgets::is_typing() &&
      topmost_modal(context.ui, context.unsaved) == Modal::kNone &&
      option < std::ssize(context.session.asking->question().options)) {
    context.emit(session::action::Answer{option, ""});
  }
}

}  // namespace convscope::panels
