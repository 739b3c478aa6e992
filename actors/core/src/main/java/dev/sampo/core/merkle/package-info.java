/** Append-only Merkle trees in the shape of RFC 6962. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.merkle;
