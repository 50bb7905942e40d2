#include "core/quiz/templates/templates.h"

#include <array>
#include <cassert>
#include <span>

#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {

std::vector<const Template*> all_templates() {
  std::vector<const Template*> all;
  for (const std::span<const Template> concept_templates :
       {weighted_sum_templates(), template_match_templates(), output_size_templates(),
        stride_templates(), padding_templates(), coverage_templates(), channel_sum_templates(),
        filter_templates(), parameter_templates(), sharing_templates(), edge_filter_templates(),
        dilation_templates(), true_convolution_templates(), pooling_templates(),
        transposed_templates(), receptive_field_templates(), learning_templates()}) {
    for (const Template& each : concept_templates) {
      all.push_back(&each);
    }
  }
  return all;
}

const Template* find_template(std::string_view id) {
  for (const Template* each : all_templates()) {
    if (each->id == id) {
      return each;
    }
  }
  return nullptr;
}

std::vector<const Template*> templates_of(int concept_number) {
  std::vector<const Template*> found;
  for (const Template* each : all_templates()) {
    if (each->concept_number == concept_number) {
      found.push_back(each);
    }
  }
  return found;
}

std::string concept_key(int concept_number) {
  constexpr std::array<std::string_view, kConcepts> kNames = {
      "weighted_sum",    "template_match", "output_size",      "stride",     "padding",
      "coverage",        "channel_sum",    "filters",          "parameters", "shared_weights",
      "edge_filters",    "dilation",       "true_convolution", "pooling",    "transposed",
      "receptive_field", "learning"};
  assert(concept_number >= 1 && concept_number <= kConcepts);
  return "concept." + std::string(kNames[static_cast<std::size_t>(concept_number - 1)]);
}

}  // namespace convscope::quiz
