// The stage in words, for whoever can't see it: a screen reader, a recording, an alternative text.
#pragma once

#include <string>

#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/session/session.h"

namespace convscope::picture::words {

// What a sighted person sees of this moment, in sentences, a line for each subject: the scene and
// its text, the tensors, where the window lies, its sum, what is computed so far. Numbers are those
// that can be read on the stage: of pictures and of many channels it tells the range. While a
// question waits for its answer nothing is told that could give it away.
std::string describe(const session::Session& session, const derive::Derived& derived,
                     const lesson::Locale& locale);

}  // namespace convscope::picture::words
