#pragma once

// Asks for the cache line at an address without waiting for it: Swift has no word for it. Any address will do, as
// nothing is read.
static inline __attribute__((always_inline)) void granary_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 3);
}
