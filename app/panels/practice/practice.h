// What the window shows while there are questions or an exercise.
#pragma once

#include <cstdint>

#include "app/panels/layout.h"
#include "app/panels/panels.h"

namespace convscope::panels {

inline constexpr std::int64_t kQuizQuestions = 10;
inline constexpr float kOption = 46;  // the least height of an open option, in em()

// Who asks again gets other questions; the same work leads to the same ones.
std::int64_t next_seed(const PanelContext& context);

// The heights in em() of the highest of a question's open options, and of its worked sum or of what
// stands in its place; 0 without.
float option_height(const quiz::Question& question);
float worked_height(const session::Session& session);

// The band at the foot of the stage.
Foot foot_of(const session::Session& session);

// A question has the window to itself; an exercise needs the inspector.
SidePanels sides_of(const session::Session& session, const UiState& ui);

// Where the question asks for a cell that is on the stage: a click on it answers.
void answer_with_cell(const PanelContext& context, picture::Point point);

}  // namespace convscope::panels
