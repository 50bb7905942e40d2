#include "core/quiz/answer/misconception.h"

#include <algorithm>

namespace convscope::quiz {
namespace {

constexpr std::string_view kCodes[] = {
    "ABS",       "ABSMAX",    "ADD",      "ADDPAIR",   "AGREE",      "ALLEND",   "ALLOUT",
    "ALLREAD",   "ALLTAPS",   "ALLW",     "ALONG",     "AREA",       "ASCENT",   "AVG",
    "BIASPERCH", "BIGFIRST",  "CEIL",     "CENTRE",    "COPY",       "CORNER",   "COSTPARAM",
    "DENSE",     "DEPTHSIZE", "DIL0",     "DIVIDE",    "DIVLAST",    "DK",       "DOUBLE",
    "DROP",      "EDGEONLY",  "EQUALSUM", "ERRONLY",   "EVERYWHERE", "FILLED",   "FIRSTCH",
    "FLATKEEP",  "FLIP",      "FORWARD",  "FULLROW",   "GLOBAL",     "HALFK",    "HITS",
    "INSIDE",    "INVERSE",   "KEEP",     "KEEPCH",    "KER2D",      "LASTONLY", "LASTSTAMP",
    "LIKENESS",  "LINEAR2",   "LINES",    "MAPPERCH",  "MAXCH",      "MEANCH",   "MIRROR",
    "MULT",      "NEVERBACK", "NEXT",     "NOBIAS",    "NODIL",      "NOJUMP",   "NOLR",
    "NOMEAN",    "NOPLUS1",   "NOSTRIDE", "NOWEIGHTS", "ONCE",       "ONEBASED", "ONEBIAS",
    "ONEFILTER", "ONEGAP",    "ONELINE",  "ONEMORE",   "ONEPOS",     "ONESTAMP", "ORDER",
    "ORDERTF",   "OUTSIDE",   "PADGROWS", "PADONCE",   "PLAINCONV",  "POOLCH",   "RFNOSTRIDE",
    "ROWCOUNT",  "S1",        "SCALE",    "SEEN",      "SHARED",     "SIGN",     "SIZEALWAYS",
    "SPIKE",     "SUMK",      "SUMPOOL",  "SUMS",      "SWAP",       "TILE",     "TOTALBOTH",
    "TRANSPOSE", "UNCLIPPED", "UNFLIP",   "UNSHARED",  "WHITEBEST",
};

}  // namespace

std::span<const std::string_view> misconceptions() { return kCodes; }

bool is_misconception(std::string_view code) { return std::ranges::binary_search(kCodes, code); }

std::string feedback_key(std::string_view code) {
  return std::string("misconception.").append(code);
}

}  // namespace convscope::quiz
