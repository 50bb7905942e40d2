// A Picture as LaTeX: a tikzpicture, or a document of one page that pdflatex compiles by itself.
#pragma once

#include <string>

#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::picture::tikz {

// A pixel is 1/96 inch. To be included with \input; needs \usepackage{tikz}, and T2A for Cyrillic.
std::string tikz_of(const Picture& picture, const TextMetrics& metrics);

std::string tex_of(const Picture& picture, const TextMetrics& metrics);

}  // namespace convscope::picture::tikz
