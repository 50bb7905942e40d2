// The templates of each concept, one file per concept. In formulas, s["k"] is the number k of the
// setting, as in the question bank.
#pragma once

#include <span>

#include "core/quiz/question/question_template.h"

namespace convscope::quiz {

std::span<const Template> weighted_sum_templates();      // 1
std::span<const Template> template_match_templates();    // 2
std::span<const Template> output_size_templates();       // 3
std::span<const Template> stride_templates();            // 4
std::span<const Template> padding_templates();           // 5
std::span<const Template> coverage_templates();          // 6
std::span<const Template> channel_sum_templates();       // 7
std::span<const Template> filter_templates();            // 8
std::span<const Template> parameter_templates();         // 9
std::span<const Template> sharing_templates();           // 10
std::span<const Template> edge_filter_templates();       // 11
std::span<const Template> dilation_templates();          // 12
std::span<const Template> true_convolution_templates();  // 13
std::span<const Template> pooling_templates();           // 14
std::span<const Template> transposed_templates();        // 15
std::span<const Template> receptive_field_templates();   // 16
std::span<const Template> learning_templates();          // 17

}  // namespace convscope::quiz
