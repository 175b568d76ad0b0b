export interface LabelBox {
  readonly key: string;
  /** Where its middle would like to be. */
  readonly y: number;
  readonly height: number;
}

interface Cluster {
  boxes: LabelBox[];
  /** Wanted top of the cluster: mean of what each of its boxes wants. */
  top: number;
  height: number;
}

/**
 * Moves colliding labels apart without changing their order: labels that touch become one cluster around the mean of
 * what they want; clusters merge until none overlaps. Gives each label's middle.
 */
export function separateLabels(
  boxes: readonly LabelBox[],
  [top, bottom]: readonly [number, number],
): ReadonlyMap<string, number> {
  const clusters: Cluster[] = [];
  for (const box of boxes.toSorted((a, b) => a.y - b.y)) {
    let cluster = toCluster([box], [top, bottom]);
    let before = clusters.at(-1);
    while (before !== undefined && before.top + before.height > cluster.top) {
      clusters.pop();
      cluster = toCluster([...before.boxes, ...cluster.boxes], [top, bottom]);
      before = clusters.at(-1);
    }
    clusters.push(cluster);
  }
  const middles = new Map<string, number>();
  for (const cluster of clusters) {
    let y = cluster.top;
    for (const box of cluster.boxes) {
      middles.set(box.key, y + box.height / 2);
      y += box.height;
    }
  }
  return middles;
}

function toCluster(boxes: LabelBox[], [top, bottom]: readonly [number, number]): Cluster {
  let height = 0;
  let wanted = 0;
  for (const box of boxes) {
    wanted += box.y - box.height / 2 - height;
    height += box.height;
  }
  const free = Math.min(wanted / boxes.length, bottom - height);
  return { boxes, height, top: Math.max(top, free) };
}
