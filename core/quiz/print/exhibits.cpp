#include "core/quiz/print/exhibits.h"

#include <cstdint>
#include <utility>

#include "core/conv/forward.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

std::vector<std::vector<std::string>> rows_of(const Tensor& tensor, std::int64_t n,
                                              std::int64_t c) {
  std::vector<std::vector<std::string>> rows;
  for (std::int64_t y = 0; y < tensor.shape().h; ++y) {
    rows.emplace_back();
    for (std::int64_t x = 0; x < tensor.shape().w; ++x) {
      rows.back().push_back(decimal_text(static_cast<double>(tensor.at({n, c, y, x}))));
    }
  }
  return rows;
}

// One table per channel.
void add_tables(std::vector<Exhibit>& exhibits, const std::string& name, const Tensor& tensor,
                std::int64_t n, const lesson::Locale& locale) {
  for (std::int64_t c = 0; c < tensor.shape().c; ++c) {
    const std::string caption =
        tensor.shape().c == 1 ? name
                              : locale.text("quiz.channel_of", {{"name", name}, {"channel", c}});
    exhibits.push_back({caption, rows_of(tensor, n, c)});
  }
}

// "(1, 1, 7, 7) → nn.Conv2d(1, 1, kernel_size=3)", for all layers.
std::string layers_line(const lesson::Scene& scene) {
  Shape shape = scene.input.base.shape();
  std::string line = lesson::shape_text(shape, scene.layers.front().one_dimensional);
  for (const lesson::Layer& layer : scene.layers) {
    line.append(" → ").append(lesson::layer_expression(layer, shape));
    shape = conv::output_shape(layer.spec, shape);
  }
  return line;
}

void add_filter(std::vector<Exhibit>& exhibits, const Question& question,
                const lesson::Locale& locale) {
  const lesson::Layer& layer = question.scene.layers.front();
  add_tables(exhibits, locale.text("quiz.weights"), layer.weight.tensor(), question.spot.filter,
             locale);
  if (layer.spec.bias) {
    const double bias = layer.bias.tensor().at({0, 0, 0, question.spot.filter});
    exhibits.push_back({locale.text("quiz.bias", {{"bias", decimal_text(bias)}}), {}});
  }
}

}  // namespace

std::vector<Exhibit> exhibits_of(const Question& question, const lesson::Locale& locale) {
  const Template* asked = find_template(question.template_id);
  std::vector<Exhibit> exhibits;
  if (asked == nullptr) {
    return exhibits;
  }
  const lesson::Layer& layer = question.scene.layers.front();
  const Tensor input = question.scene.input.tensor();
  if (asked->shows.layer) {
    exhibits.push_back({layers_line(question.scene), {}});
  }
  if (asked->shows.input) {
    add_tables(exhibits, locale.text("quiz.input"), input, 0, locale);
  }
  if (asked->shows.weight) {
    add_filter(exhibits, question, locale);
  }
  if (asked->shows.map) {
    const Tensor map = conv::forward(input, layer.weight.tensor(), layer.bias.tensor(), layer.spec);
    exhibits.push_back({locale.text("quiz.map"), rows_of(map, 0, question.spot.filter)});
  }
  if (asked->shows.error) {
    exhibits.push_back({locale.text("quiz.error"), rows_of(question.error, 0, 0)});
  }
  return exhibits;
}

}  // namespace convscope::quiz
