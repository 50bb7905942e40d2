#include "core/lesson/lesson.h"

#include <algorithm>

namespace convscope::lesson {

const std::string& LocalizedText::in(Language language) const {
  static const std::string kNothing;
  for (const char* code : {language == Language::kRussian ? "ru" : "en", "en"}) {
    if (const auto found = by_language.find(code); found != by_language.end()) {
      return found->second;
    }
  }
  return by_language.empty() ? kNothing : by_language.begin()->second;
}

Tensor TensorRef::tensor() const {
  if (edits.empty()) {
    return base;
  }
  const auto values = base.values();
  std::vector<float> changed(values.begin(), values.end());
  for (const auto [at, value] : edits) {
    if (contains(base.shape(), at)) {
      changed[static_cast<std::size_t>(offset_of(base.shape(), at))] = value;
    }
  }
  return Tensor(base.shape(), std::move(changed));
}

bool TensorRef::operator==(const TensorRef& other) const {
  return source == other.source && edits == other.edits && identical(base, other.base);
}

namespace {

bool same_values(const TensorRef& a, const TensorRef& b) {
  if (a.base.shape() != b.base.shape() || a.base.shares_storage_with(b.base)) {
    return a.base.shape() == b.base.shape() && a.edits == b.edits;
  }
  return std::ranges::equal(a.tensor().values(), b.tensor().values());
}

bool same_layer_numbers(const Layer& a, const Layer& b) {
  return a.one_dimensional == b.one_dimensional && a.spec == b.spec &&
         same_values(a.weight, b.weight) && same_values(a.bias, b.bias);
}

bool same_training_numbers(const std::optional<Training>& a, const std::optional<Training>& b) {
  return a.has_value() == b.has_value() &&
         (!a || (a->optimizer == b->optimizer && a->steps == b->steps &&
                 a->all_layers == b->all_layers && same_values(a->start, b->start) &&
                 std::ranges::equal(a->later_starts, b->later_starts, same_values) &&
                 same_values(a->target, b->target)));
}

}  // namespace

bool same_numbers(const Scene& a, const Scene& b) {
  return same_values(a.input, b.input) &&
         std::ranges::equal(a.layers, b.layers, same_layer_numbers) &&
         same_training_numbers(a.training, b.training);
}

}  // namespace convscope::lesson
