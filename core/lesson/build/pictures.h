// The pictures that are built in, as inputs to choose from.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

struct BuiltInPicture {
  std::string_view name;  // on the command line, and of its file in assets/images
  std::string_view word;  // below "panel" in the locale files
};

// In the order in which they are offered.
inline constexpr std::array kPictures = {BuiltInPicture{"still-life", "picture_still_life"},
                                         BuiltInPicture{"street", "picture_street"},
                                         BuiltInPicture{"cat", "picture_cat"},
                                         BuiltInPicture{"night", "picture_night"},
                                         BuiltInPicture{"bricks", "picture_bricks"},
                                         BuiltInPicture{"letters", "picture_letters"},
                                         BuiltInPicture{"zone-plate", "picture_zone_plate"}};

inline bool is_picture(std::string_view name) {
  return std::ranges::find(kPictures, name, &BuiltInPicture::name) != kPictures.end();
}

inline std::string picture_path(std::string_view name) {
  return "bundled:images/" + std::string(name) + ".png";
}

inline FileSource picture_source(std::string_view name) {
  return {FileSource::Kind::kImage, picture_path(name)};
}

}  // namespace convscope::lesson
