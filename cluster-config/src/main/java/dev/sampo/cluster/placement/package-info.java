/** Where the validators of ledgers stand, and what of them may be lost. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.placement;
