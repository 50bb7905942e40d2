// A Picture as a PDF page, through Cairo: shapes stay shapes, and text is text in the embedded
// fonts.
#pragma once

#include <string>

#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::files {

// A pixel is 1/96 inch. The same picture always gives the same bytes. Throws Failure
// "encoding_failed".
std::string pdf_of(const picture::Picture& picture, const picture::TextMetrics& metrics);

}  // namespace convscope::files
