/** The published test vectors of the encoding and the checks against them. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.vectors;
