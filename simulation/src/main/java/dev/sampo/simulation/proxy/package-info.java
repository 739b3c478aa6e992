/** A user-space TCP proxy that does to real peer links what a bad network does. */
@NullMarked
package dev.sampo.simulation.proxy;

import org.jspecify.annotations.NullMarked;
