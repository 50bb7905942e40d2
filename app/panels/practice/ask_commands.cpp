// Commands that ask: about the scene, in practice, in a quiz; and the keys of the answers.
#include <array>
#include <string_view>

#include "app/panels/commands/commands.h"

namespace convscope::panels {
namespace {

constexpr std::int64_t kOfScene = 3;
constexpr std::int64_t kOfQuiz = 10;

// Asked again, other questions come, and the same ones in the same order of work.
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

CommandRow answer_row(int index) {
  constexpr std::array<std::string_view, 4> kNames = {"answer_a", "answer_b", "answer_c",
                                                      "answer_d"};
  const auto command = static_cast<Command>(static_cast<int>(Command::kAnswerA) + index);
  const auto letter = static_cast<Key>(static_cast<int>(Key::kA) + index);
  const auto has_option = [index](const PanelContext& context) {
    return session::is_asking(context.session) &&
           index < std::ssize(context.session.asking->question().options);
  };
  return {command,
          kNames[static_cast<std::size_t>(index)],
          {key(letter)},
          {},
          [index, has_option](const PanelContext& context) {
            if (has_option(context)) {
              context.emit(session::action::Answer{index, ""});
            }
          },
          has_option};
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
          {Command::kQuiz, "quiz", {}, {}, asks(session::AskAbout::kQuiz, kOfQuiz), can_ask},
          answer_row(0),
          answer_row(1),
          answer_row(2),
          answer_row(3)};
}

}  // namespace convscope::panels
