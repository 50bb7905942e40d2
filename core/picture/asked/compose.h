// The stage while a question waits for its answer. It is drawn from a list of what may be seen, and
// never from a map: what is not on the list can't give the answer away, whatever the view would
// show.
#pragma once

#include "core/derive/derived.h"
#include "core/picture/display/viewport.h"
#include "core/picture/kit/canvas.h"
#include "core/quiz/question/question.h"

namespace convscope::picture::asked {

// Whether the question hides anything of the stage; else its scene is shown as ever.
bool hides_stage(const quiz::Question& question);

// Input and filter stand where the flat view will show them; what is asked for is hatched.
void compose_asked(kit::Canvas& canvas, const session::Session& session,
                   const quiz::Question& question, const derive::LayerResult& layer,
                   const Viewport& viewport);

}  // namespace convscope::picture::asked
