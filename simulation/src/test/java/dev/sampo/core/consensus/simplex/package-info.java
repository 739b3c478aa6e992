/** Weakened engines, built from the shipped collaborators that only this package may name. */
@NullMarked
package dev.sampo.core.consensus.simplex;

import org.jspecify.annotations.NullMarked;
