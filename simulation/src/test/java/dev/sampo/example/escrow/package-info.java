/** An example to copy: an application of one's own, its tests, and its test under a partition. */
@NullMarked
package dev.sampo.example.escrow;

import org.jspecify.annotations.NullMarked;
