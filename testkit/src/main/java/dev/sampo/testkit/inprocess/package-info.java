/** Real validators in one JVM: real actors, stores, cluster and links, and what disturbs them. */
@NullMarked
package dev.sampo.testkit.inprocess;

import org.jspecify.annotations.NullMarked;
