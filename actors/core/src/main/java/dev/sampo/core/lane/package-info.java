/** Lanes: each validator's chain of batches, and what others hold and acknowledge of it (2.10). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.lane;
