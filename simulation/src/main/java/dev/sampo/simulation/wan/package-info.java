/** What finality takes, in delays and messages, where every message takes equally long. */
@NullMarked
package dev.sampo.simulation.wan;

import org.jspecify.annotations.NullMarked;
