#pragma once

// Catch2 3 and 2 have different headers and the same macros.
#ifdef MCPCRED_CATCH3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
