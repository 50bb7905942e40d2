#include "core/quiz/practice/worked_sum.h"

#include "core/conv/analysis/step.h"
#include "core/quiz/answer/read_answer.h"
#include "core/quiz/practice/fading.h"

namespace convscope::quiz {

std::vector<WorkedTerm> worked_sum(const Question& question, int level) {
  constexpr std::size_t kMostTerms = 12;
  if (question.template_id != "1a" || level >= kFullyFaded) {
    return {};
  }
  const lesson::Layer& layer = question.scene.layers.front();
  const Tensor input = question.scene.input.tensor();
  const conv::LayerSpec spec = conv::fitted(layer.spec, input.shape());
  const Index at = {0, question.spot.filter, question.spot.y, question.spot.x};
  const conv::Step step =
      conv::step_at(input, layer.weight.tensor(), layer.bias.tensor(), spec,
                    conv::position_of(conv::output_shape(spec, input.shape()), at));
  if (step.terms.size() > kMostTerms) {
    return {};
  }
  const std::int64_t blanks = blank_count(level, static_cast<std::int64_t>(step.terms.size()));
  std::vector<WorkedTerm> terms;
  for (const conv::Term& term : step.terms) {
    terms.push_back({term.input, term.weight, static_cast<std::int64_t>(terms.size()) < blanks});
  }
  return terms;
}

std::optional<std::size_t> next_blank(std::span<const WorkedTerm> terms, std::int64_t filled) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].blank && filled-- == 0) {
      return i;
    }
  }
  return std::nullopt;
}

bool fills(const WorkedTerm& term, std::string_view text) {
  const auto typed = read_answer(text, Answer::Kind::kNumber);
  return typed && same_answer(typed->answer, of_number(term.product()));
}

}  // namespace convscope::quiz
