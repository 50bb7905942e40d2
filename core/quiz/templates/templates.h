// All templates, in the order of their concepts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/quiz/question/question_template.h"

namespace convscope::quiz {

std::vector<const Template*> all_templates();
// Null if there is no template with this id.
const Template* find_template(std::string_view id);
// The templates of one concept.
std::vector<const Template*> templates_of(int concept_number);
// Concepts are numbered from 1 to this.
inline constexpr int kConcepts = 17;
// The locale key of a concept's name.
std::string concept_key(int concept_number);

}  // namespace convscope::quiz
