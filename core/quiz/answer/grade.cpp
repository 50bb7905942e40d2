#include "core/quiz/answer/grade.h"

#include <cmath>
#include <limits>
#include <optional>

#include "core/quiz/answer/read_answer.h"

namespace convscope::quiz {
namespace {

using Kind = Verdict::Kind;

// How far a typed number is from `value`; infinite if it is a different number.
double distance(const Typed& typed, const Answer& value) {
  const double difference = std::abs(typed.answer.numbers.front() - value.numbers.front());
  if (same_answer(typed.answer, value)) {
    return 0;
  }
  // Whether the typed number is `value` rounded to as many decimals.
  const bool is_rounded =
      typed.decimals >= 2 && difference <= 0.5 * std::pow(10.0, -typed.decimals) * (1 + 1e-9);
  return is_rounded ? difference : std::numeric_limits<double>::infinity();
}

Verdict verdict_of(const Question& question, const Answer& given, const Answer& meant) {
  if (same_answer(meant, question.right)) {
    return {Kind::kRight, "", given};
  }
  for (const Wrong& wrong : question.wrong) {
    if (same_answer(meant, wrong.value)) {
      return {Kind::kMisconception, wrong.code, given};
    }
  }
  return {Kind::kWrong, "", given};
}

// The nearest of the answers that a typed number may stand for; the number itself if there is none.
Answer meant_number(const Question& question, const Typed& typed) {
  Answer nearest = typed.answer;
  double least = distance(typed, question.right);
  if (std::isfinite(least)) {
    nearest = question.right;
  }
  for (const Wrong& wrong : question.wrong) {
    if (const double far = distance(typed, wrong.value); far < least) {
      least = far;
      nearest = wrong.value;
    }
  }
  return nearest;
}

// Compares letters, ignoring ASCII case.
bool same_text(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  bool same = a.size() == b.size();
  for (std::size_t i = 0; same && i < a.size(); ++i) {
    same = lower(a[i]) == lower(b[i]);
  }
  return same;
}

// The answer whose text was typed, if any.
std::optional<Answer> meant_word(const Question& question, std::string_view text,
                                 std::span<const lesson::Locale* const> locales) {
  for (const Option& option : question.options) {
    for (const lesson::Locale* locale : locales) {
      if (same_text(answer_text(option.value, *locale), text)) {
        return option.value;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Verdict grade_option(const Question& question, std::size_t option) {
  if (option >= question.options.size()) {
    return {};
  }
  const Option& picked = question.options[option];
  return {picked.right ? Kind::kRight : Kind::kMisconception, picked.code, picked.value};
}

Verdict grade_text(const Question& question, std::string_view text,
                   std::span<const lesson::Locale* const> locales) {
  const auto typed = read_answer(text, question.right.kind);
  if (!typed) {
    return {};
  }
  if (question.right.kind == Answer::Kind::kWord) {
    const auto meant = meant_word(question, typed->answer.word, locales);
    return meant ? verdict_of(question, *meant, *meant) : Verdict{};
  }
  if (question.right.kind == Answer::Kind::kNumber) {
    return verdict_of(question, typed->answer, meant_number(question, *typed));
  }
  return verdict_of(question, typed->answer, typed->answer);
}

}  // namespace convscope::quiz
