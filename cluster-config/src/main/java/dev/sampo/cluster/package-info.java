/** Start-up of a node: its configuration, its place in the cluster, the command line. */
@NullMarked
package dev.sampo.cluster;

import org.jspecify.annotations.NullMarked;
