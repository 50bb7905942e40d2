#include "core/picture/beside/code_strip.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/lesson/layer_code.h"
#include "core/picture/beside/code_run.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/runs.h"

namespace convscope::picture::beside {

namespace {

// Text sizes and distances at scale 1.
constexpr float kCodeSize = 14;
constexpr float kSmallestBeside = 11;  // below it the numbers stand under the code
constexpr float kSmallest = 8;
constexpr float kLineHeight = 1.5F;  // in ems
constexpr float kMargin = 24;
constexpr float kPadding = 9;
constexpr float kMostForNumbers = 0.3F;  // of the stage: else image and kernel are not written out
constexpr float kBetween = 2.5F;         // code and numbers, in ems

// Python in the stage's colours: a name has the colour of its tensor.
kit::Runs colored(const Palette& palette, const std::string& code) {
  const auto word_color = [&](const std::string& word) {
    if (word == "img" || word == "segment") {
      return palette.input.text;
    }
    if (word == "kernel" || word == "weights" || word == "weight" || word == "local_linear" ||
        word == "conv") {
      return palette.weight.text;
    }
    if (word == "bias") {
      return palette.bias.text;
    }
    const bool keyword = word == "for" || word == "in" || word == "range";
    return word == "result" || word == "out" ? palette.output.text
           : keyword                         ? palette.accent
                                             : palette.text;
  };
  const auto in_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  kit::Runs pieces;
  const std::size_t comment = std::min(code.find('#'), code.size());
  for (std::size_t i = 0; i < comment;) {
    std::size_t end = i;
    while (end < comment && in_word(code[end]) == in_word(code[i])) {
      ++end;
    }
    const std::string word = code.substr(i, end - i);
    const bool argument = word == "bias" && end < code.size() && code[end] == '=';
    const Rgba word_or_sign = in_word(code[i]) ? word_color(word) : palette.text_dim;
    pieces.push_back({word, argument ? palette.text : word_or_sign, Font::kMono});
    i = end;
  }
  if (comment < code.size()) {
    pieces.push_back({code.substr(comment), palette.text_dim, Font::kMono});
  }
  return pieces;
}

// The strip as text, before it has a place.
struct Sheet {
  std::vector<std::string> code;  // every statement
  std::size_t loops = 0;          // where the loops begin
  std::string widest_number;      // room for all of them
  std::string error;              // PyTorch's, if the program will ever stop
  float size = 0;                 // pixels per em
  float numbers = 0;              // where they stand, behind the statements that have any; in ems
  bool beside = true;             // numbers beside the code, else in a line below it

  float line() const { return size * kLineHeight; }
  std::size_t lines() const { return code.size() + (error.empty() ? 0 : 2) + (beside ? 0 : 1); }
};

bool has_number(const Program& program, const Sheet& sheet, std::size_t line) {
  const bool prints = line < program.printed.size() && !program.printed[line].empty();
  return prints || line >= sheet.loops || program.call == line;
}

Sheet sheet_of(const kit::Canvas& canvas, const derive::LayerResult& layer, const Program& program,
               const Index& at, float width) {
  Sheet sheet;
  sheet.code = program.setup;
  sheet.loops = sheet.code.size();
  if (!program.call) {
    sheet.code.insert(sheet.code.end(), program.loops.begin(), program.loops.end());
  }
  sheet.widest_number = longest_number(program, layer, at);
  if (const auto error = first_error(program, layer, at.n, at.c)) {
    sheet.error = *turn_of(program, layer, *error).error;
  }
  // At 1 pixel per em.
  const auto wide = [&](const std::string& text) {
    return canvas.metrics.width(text, Font::kMono, 1);
  };
  float code = 0;
  float numbered = 0;
  for (std::size_t i = 0; i < sheet.code.size(); ++i) {
    code = std::max(code, wide(sheet.code[i]));
    numbered = has_number(program, sheet, i) ? std::max(numbered, wide(sheet.code[i])) : numbered;
  }
  sheet.numbers = numbered + kBetween;
  const float room = width - 2 * kMargin * canvas.scale;
  const float wanted = canvas.text_size(kCodeSize);
  const float beside = room / std::max(code, sheet.numbers + wide(sheet.widest_number));
  sheet.beside = beside >= kSmallestBeside * canvas.scale;
  const float below = room / std::max({code, wide(sheet.error), wide(sheet.widest_number)});
  sheet.size = std::max(std::min(wanted, sheet.beside ? beside : below), kSmallest * canvas.scale);
  return sheet;
}

// The program of the strip and its layout.
struct Strip {
  Program program;
  Sheet sheet;

  float height(float scale) const {
    const float padding = 2 * kPadding * scale;
    return std::ceil(padding + static_cast<float>(sheet.lines()) * sheet.line());
  }
};

Strip strip_of(const kit::Canvas& canvas, const session::Session& session,
               const derive::LayerResult& layer, const Index& at, float width, bool whole) {
  Strip strip;
  strip.program = session.look.code == lesson::CodeStrip::kConv2d
                      ? cell_of(session::layer_of(session), layer, whole)
                      : program_of(session.look.code, layer, at.c, whole);
  strip.sheet = sheet_of(canvas, layer, strip.program, at, width);
  return strip;
}

// With the lines that make image and kernel, or as many as the lecture has, unless they would take
// more height than this, or make the letters smaller.
Strip best_strip(const kit::Canvas& canvas, const session::Session& session,
                 const derive::LayerResult& layer, const Index& at, float width, float most) {
  Strip whole = strip_of(canvas, session, layer, at, width, true);
  Strip bare = strip_of(canvas, session, layer, at, width, false);
  const bool fits = whole.height(canvas.scale) <= most && whole.sheet.size >= bare.sheet.size;
  return fits ? std::move(whole) : std::move(bare);
}

std::string unknown_sentence(const kit::Canvas& canvas, const session::Session& session,
                             const derive::LayerResult& layer) {
  const bool flat = session::layer_of(session).one_dimensional;
  if (session.look.code == lesson::CodeStrip::kConv2d) {
    return lesson::layer_expression(session::layer_of(session), layer.input.shape())
                   .starts_with("nn.Conv2d(")
               ? ""
               : canvas.locale.text("stage.code_other_layer",
                                    {{"layer", lesson::torch_class(layer.spec.op, flat)}});
  }
  const std::string settings = unknown_settings(layer, flat);
  return settings.empty() ? "" : canvas.locale.text("stage.code_unknown", {{"settings", settings}});
}

float sentence_size(const kit::Canvas& canvas) { return canvas.text_size(kCodeSize); }

// Highlights the current statement.
void draw_light(kit::Canvas& canvas, const Rect& line, Rgba color) {
  canvas.fill(line, faded(color, 0.16F), 3 * canvas.scale);
  canvas.fill({line.x, line.y, 3 * canvas.scale, line.h}, color, 1.5F * canvas.scale);
}

void draw_program(kit::Canvas& canvas, const Sheet& sheet, const Program& program,
                  const CodeRun& run, const Index& at, const std::string& remark,
                  const Rect& rect) {
  const Palette& palette = canvas.palette;
  const float size = sheet.size;
  const float left = rect.x + kMargin * canvas.scale;
  const float width = rect.w - 2 * kMargin * canvas.scale;
  const float numbers = left + sheet.numbers * size;
  float top = rect.y + kPadding * canvas.scale;
  std::string below;
  for (std::size_t i = 0; i < sheet.code.size(); ++i) {
    const float baseline = top + sheet.line() * 0.68F;
    if (i < sheet.loops) {
      std::string number = i < program.printed.size() ? program.printed[i] : "";
      if (program.call == i) {
        number = call_text(run, at);
        if (run.started) {
          draw_light(canvas, {left - size * 0.6F, top, width + size * 1.2F, sheet.line()},
                     palette.accent);
        }
      }
      if (sheet.beside) {
        kit::draw_runs(canvas, colored(palette, number), {numbers, baseline}, size);
      }
      below += (below.empty() || number.empty() ? "" : "   ") + number;
    } else {
      const auto part = static_cast<CodePart>(i - sheet.loops);
      const Rgba light = run.stopped ? palette.warning : palette.accent;
      if (run.started && part == run.part) {
        draw_light(canvas, {left - size * 0.6F, top, width + size * 1.2F, sheet.line()}, light);
      }
      const std::string number = number_of(program, run, part);
      if (sheet.beside && part == CodePart::kResult && !remark.empty()) {
        const float end =
            numbers + canvas.text({numbers, baseline}, number, Font::kMono, size, palette.warning);
        if (!run.stopped) {
          canvas.text({end + size, baseline}, remark, Font::kSans, size, palette.warning);
        }
      } else if (sheet.beside) {
        kit::draw_runs(canvas, colored(palette, number), {numbers, baseline}, size);
      }
      below += (below.empty() || number.empty() ? "" : "   ") + number;
    }
    kit::draw_runs(canvas, colored(palette, sheet.code[i]), {left, baseline}, size);
    top += sheet.line();
  }
  const auto fitted = [&](const std::string& text, Font font, Rgba color) {
    const float natural = std::max(canvas.metrics.width(text, font, size), 1.0F);
    canvas.text({left, top + sheet.line() * 0.68F}, text, font,
                size * std::min(1.0F, width / natural), color);
    top += sheet.line();
  };
  if (!sheet.beside) {
    fitted(below, Font::kMono, remark.empty() || run.stopped ? palette.text : palette.warning);
  }
  if (run.stopped) {
    fitted(sheet.error, Font::kMono, palette.warning);
    fitted(remark, Font::kSans, palette.text);
  }
}

}  // namespace

float code_strip_height(const kit::Canvas& canvas, const session::Session& session,
                        const derive::LayerResult& layer, const step::Moment& moment,
                        const Viewport& viewport) {
  if (session.look.code == lesson::CodeStrip::kNone) {
    return 0;
  }
  const float padding = 2 * kPadding * viewport.scale;
  const std::string sentence = unknown_sentence(canvas, session, layer);
  if (!sentence.empty()) {
    const float room = viewport.width - 2 * kMargin * viewport.scale;
    const auto lines =
        kit::wrap_text(canvas.metrics, sentence, Font::kSans, sentence_size(canvas), room).size();
    return std::ceil(padding + static_cast<float>(lines) * sentence_size(canvas) * kLineHeight);
  }
  const Index& at = moment.step.output_at;
  return best_strip(canvas, session, layer, at, viewport.width, viewport.height * kMostForNumbers)
      .height(viewport.scale);
}

void draw_code_strip(kit::Canvas& canvas, const session::Session& session,
                     const derive::LayerResult& layer, const step::Moment& moment,
                     const Rect& rect) {
  canvas.fill(rect, canvas.palette.surface);
  canvas.line({rect.x, rect.y}, {rect.right(), rect.y}, canvas.palette.border,
              canvas.line_width(1));
  const std::string sentence = unknown_sentence(canvas, session, layer);
  if (!sentence.empty()) {
    const float size = sentence_size(canvas);
    const float left = rect.x + kMargin * canvas.scale;
    float baseline = rect.y + kPadding * canvas.scale + size * kLineHeight * 0.68F;
    for (const std::string& line : kit::wrap_text(canvas.metrics, sentence, Font::kSans, size,
                                                  rect.w - 2 * kMargin * canvas.scale)) {
      canvas.text({left, baseline}, line, Font::kSans, size, canvas.palette.text_dim);
      baseline += size * kLineHeight;
    }
    return;
  }
  const Index& at = moment.step.output_at;
  const Strip strip = best_strip(canvas, session, layer, at, rect.w, rect.h);
  const CodeRun run = run_of(session, layer, strip.program, moment);
  draw_program(canvas, strip.sheet, strip.program, run, at,
               remark_of(canvas.locale, layer, run, moment), rect);
}

}  // namespace convscope::picture::beside
