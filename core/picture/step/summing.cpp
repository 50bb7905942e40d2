#include "core/picture/step/summing.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/ease.h"

namespace convscope::picture::step {

namespace {

std::int64_t part_of(double share, std::int64_t whole) {
  return static_cast<std::int64_t>(std::floor(share * static_cast<double>(whole)));
}

}  // namespace

double arrival(const session::Beat& beat) {
  return beat.part == 0 ? kit::share(beat.progress, 0, session::kArrival) : 1;
}

Summing summing_at(const session::Timeline& timeline, const session::Beat& beat,
                   session::Granularity granularity, std::int64_t terms, std::int64_t per_part) {
  const bool adding = beat.part < timeline.parts - 1;
  const double from = beat.part == 0 ? session::kArrival : 0;
  const double summed = kit::share(beat.progress, from, session::kSumComplete);
  Summing sum;
  switch (granularity) {
    case session::Granularity::kRow:
    case session::Granularity::kPosition:
      sum.shown = part_of(summed, terms);
      break;
    case session::Granularity::kChannel:
      sum.shown = std::min(terms, beat.part * per_part);
      if (adding) {
        sum.active_part = beat.part;
        sum.shown += part_of(summed, per_part);
      }
      break;
    case session::Granularity::kTerm:
      sum.shown = std::min(terms, beat.part);
      if (adding && arrival(beat) >= 1) {
        sum.active_term = beat.part;
        sum.active_part = beat.part / per_part;
        sum.shown += 1;
      }
      break;
  }
  return sum;
}

}  // namespace convscope::picture::step
