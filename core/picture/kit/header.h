// The words above a view: the scene's title and its narration.
#pragma once

#include <string>
#include <vector>

#include "core/picture/kit/canvas.h"

namespace convscope::picture::kit {

// Breaks a text at its spaces so that no line is wider than `room`.
std::vector<std::string> wrap_text(const TextMetrics& metrics, const std::string& text, Font font,
                                   float size, float room);

// Lines that the longest of the scene's texts takes: at most two, as a longer text is written
// smaller.
int narration_line_count(const Canvas& canvas, const session::Session& session, float width);

// The title of the scene, else of the lesson, else of the concept that a question of practice is
// about.
std::string stage_title(const session::Session& session, const lesson::Locale& locale);
// The same without the scene.
std::string document_title(const session::Session& session, const lesson::Locale& locale);

// The width of the title's line in a header: up to the window's tools.
float title_room(const Canvas& canvas, const Rect& header);
// The title's width at its full size.
float title_width(const Canvas& canvas, const session::Session& session);

// The height that the header needs on a stage of this width: the same at every step.
float header_height(const Canvas& canvas, const session::Session& session, float width);

// While the scene's numbers are not the lesson's own, the narration is grey and small, below a line
// that says so; both fit where the narration stood, so that an edit moves nothing.
void draw_header(Canvas& canvas, const session::Session& session, const Rect& rect);

}  // namespace convscope::picture::kit
