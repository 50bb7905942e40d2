// How far the lecture's program has come at a moment of the timeline.
#pragma once

#include <optional>
#include <string>

#include "core/lesson/locale.h"
#include "core/picture/beside/code_program.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::beside {

// What the program has done at this moment.
struct CodeRun {
  bool started = false;
  CodePart part = CodePart::kRows;  // in progress, or just done
  Turn turn;
  std::string segment;            // what the slice holds
  bool sliced = false;            // the segment is there
  bool summed = false;            // so is its sum
  bool stopped = false;           // by an error, for good
  std::optional<double> running;  // the sum so far
};

CodeRun run_of(const session::Session& session, const derive::LayerResult& layer,
               const Program& program, const step::Moment& moment);

// What a statement of the loops has come to; empty while that is still to come.
std::string number_of(const Program& program, const CodeRun& run, CodePart part);
// What the call of the whole layer has come to: the cell of the moment.
std::string call_text(const CodeRun& run, const Index& at);
// The longest text that number_of() may give, about.
std::string longest_number(const Program& program, const derive::LayerResult& layer,
                           const Index& at);

// Why the program stopped, or what the map has where the program's value is another; else empty.
std::string remark_of(const lesson::Locale& locale, const derive::LayerResult& layer,
                      const CodeRun& run, const step::Moment& moment);

}  // namespace convscope::picture::beside
