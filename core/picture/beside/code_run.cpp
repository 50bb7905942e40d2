#include "core/picture/beside/code_run.h"

#include "core/picture/kit/number_text.h"

namespace convscope::picture::beside {

namespace {

CodePart part_of(const step::Moment& moment, const session::Beat& beat,
                 session::Granularity granularity) {
  constexpr double kSliced = 0.36;  // of a part: the slice is shown before it is summed
  if (!moment.window_arrived) {
    return moment.step.output_at.x == 0 ? CodePart::kRows : CodePart::kColumns;
  }
  const bool resting = granularity != session::Granularity::kTerm && beat.part == 0 &&
                       !beat.finished && beat.progress < kSliced;
  return resting ? CodePart::kSegment : CodePart::kResult;
}

std::string index_text(const char* name, std::int64_t value) {
  return std::string(name) + " = " + std::to_string(value);
}

std::string result_text(const Turn& turn) {
  return "result[" + std::to_string(turn.i) + ", " + std::to_string(turn.j) + "]";
}

}  // namespace

CodeRun run_of(const session::Session& session, const derive::LayerResult& layer,
               const Program& program, const step::Moment& moment) {
  CodeRun run;
  run.started = moment.started;
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  run.part = part_of(moment, beat, session.clock.granularity);
  const Index& at = moment.step.output_at;
  const auto error = first_error(program, layer, at.n, at.c);
  const bool reached = error && (*error == at ? run.part == CodePart::kResult : *error < at);
  run.stopped = run.started && reached;
  run.turn = turn_of(program, layer, run.stopped ? *error : at);
  if (run.stopped) {
    run.part = CodePart::kResult;
  }
  run.segment = segment_text(program, layer, run.turn, at.n);
  run.sliced = run.started && run.part >= CodePart::kSegment;
  run.summed = !run.stopped && moment.total_shown;
  const bool climbing = session::is_divided(session.clock.granularity) && moment.terms_shown > 0;
  if (climbing && !run.stopped && !run.summed && run.turn.value == moment.step.value) {
    double sum = 0;
    for (std::int64_t i = 0; i < moment.terms_shown; ++i) {
      sum += moment.step.terms[static_cast<std::size_t>(i)].product;
    }
    run.running = sum;
  }
  return run;
}

std::string call_text(const CodeRun& run, const Index& at) {
  if (!run.summed) {
    return "";
  }
  return "out[" + std::to_string(at.n) + ", " + std::to_string(at.c) + ", " + std::to_string(at.y) +
         ", " + std::to_string(at.x) + "] = " + kit::number_text(run.turn.value, 8);
}

std::string number_of(const Program& program, const CodeRun& run, CodePart part) {
  switch (part) {
    case CodePart::kRows:
      return run.started ? index_text("i", run.turn.i) : "";
    case CodePart::kColumns:
      return run.started && run.part >= CodePart::kColumns ? index_text("j", run.turn.j) : "";
    case CodePart::kSegment:
      return run.sliced ? run.segment : "";
    case CodePart::kResult:
      break;
  }
  if (run.summed) {
    return result_text(run.turn) + " = " + program.sum + " = " +
           kit::number_text(run.turn.value, 8);
  }
  return run.running ? program.sum + " = " + kit::number_text(*run.running, 8) + " \u2026" : "";
}

std::string longest_number(const Program& program, const derive::LayerResult& layer,
                           const Index& at) {
  const Shape& out = layer.output_shape;
  if (program.call) {
    std::string longest;
    for (const std::string& text : program.printed) {
      longest = text.size() > longest.size() ? text : longest;
    }
    return longest;
  }
  const Turn last = turn_of(program, layer, {at.n, at.c, out.h - 1, out.w - 1});
  const std::string result = result_text(last) + " = " + program.sum + " = 00000000";
  const std::string segment = segment_text(program, layer, last, at.n);
  return segment.size() > result.size() ? segment : result;
}

std::string remark_of(const lesson::Locale& locale, const derive::LayerResult& layer,
                      const CodeRun& run, const step::Moment& moment) {
  const Shape& kernel = layer.weight.shape();
  if (run.stopped) {
    return locale.text("stage.code_mistake",
                       {{"channels", kernel.c}, {"height", kernel.h}, {"width", kernel.w}});
  }
  if (run.summed && run.turn.value != moment.step.value) {
    return locale.text("stage.code_differs", {{"value", kit::number_text(moment.step.value, 8)}});
  }
  return {};
}

}  // namespace convscope::picture::beside
