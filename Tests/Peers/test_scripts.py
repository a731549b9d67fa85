"""Tests of the scripts themselves: python3 -m unittest discover -s Tests/Peers"""

import unittest
import xml.etree.ElementTree

import compare
import floors
import linear
import plain_peer
import svg
import tables


def case(variant="rank", size="S", **ratios):
    """A result whose command takes 100 µs, or 110 with scoring."""
    return dict(
        variant=variant, size=size, threads=1, left_out={}, worst_difference=1e-6,
        ours=dict(median_us=100.0, min_us=90.0, epoch_step_us=110.0, load=0.5),
        peers={name: dict(median_us=100 * ratio, ratio=ratio, fastest_ratio=ratio + 1)
               for name, ratio in ratios.items()})


class TableTests(unittest.TestCase):
    def test_a_cell_shows_time_and_ratio_and_a_missing_form_a_dash(self):
        results = dict(steps=[case(**{"PyTorch eager": 12.34})])
        self.assertIn("| S, 1 | 100 [90] (110) | 1234, **12.3×** (13.3×) | – | – | – |",
                      tables.steps(results, "rank"))

    def test_a_framework_is_judged_by_its_best_form(self):
        rows = tables.goals(dict(steps=[case(**{"JAX step": 9.0, "JAX epoch": 3.9})]))
        self.assertIn("| rank S, 1 | JAX | 4× | 3.9× | not reached |", rows)
        self.assertNotIn("PyTorch", rows)

    def test_weighted_losses_are_judged_by_the_best_form_of_all(self):
        results = dict(steps=[case("uniform", **{"PyTorch eager": 8.0, "JAX epoch": 2.0})])
        self.assertIn("| uniform S, 1 | the best form | 2× | 2.0× | reached |",
                      tables.goals(results))

    def test_a_form_that_did_not_run_is_named_with_its_reason(self):
        one = case() | dict(left_out={"PyTorch compiled": "no compiler"})
        self.assertEqual(tables.left_out(dict(steps=[one], pairs=[])),
                         "PyTorch compiled was left out: no compiler")

    def test_a_products_floor_is_its_operations_at_the_limit(self):
        line = dict(instruction="0: b1 = matmulNT[4×5×6] x  — shared[0]", median_us=2.0,
                    operations=200_000, pairs=0, bytes=4000)
        text = tables.tape(dict(S=[line]), dict(limits=[dict(what="multiply-add", gflops=200.0)]))
        # 200,000 operations in 2 µs are 100 GFLOP/s; at 200 they take 1 µs.
        self.assertIn("| `matmulNT[4×5×6]` shared[0] | 2.0 | 100 % | 100 | 2 | – | 1.0 |", text)


    def test_a_body_is_shown_as_a_multiple_of_the_built_in_one(self):
        cases = [dict(body=body, pairs="64x600", min_ns_per_pair=0.1 if body == "built-in" else 0.25)
                 for body in tables.BODIES]
        self.assertIn("| hinge | 0.250 | 2.5 |", tables.bodies(dict(cases=cases)))


class FloorTests(unittest.TestCase):
    limits = [dict(what="multiply-add", gflops=100.0),
              dict(what="memory", array_kb=16, copy_gb_s=400.0),
              dict(what="memory", array_kb=256, copy_gb_s=100.0),
              dict(what="memory", array_kb=2048, copy_gb_s=50.0)]

    def test_parts_are_operations_and_bytes_at_the_limits(self):
        found = floors.parts("S", self.limits)
        self.assertAlmostEqual(found["products"], 4 * 64 * 64 * 500 / 100e3)
        self.assertAlmostEqual(found["pairs"], 64 * 600 * 1.5 * 8.5 / 50e3)
        # 38,208 weights in four arrays are 611 kB: more than a copy of 256 kB touches, less than
        # one of 2 MB.
        self.assertAlmostEqual(found["optimizer"], 28 * 38_208 / 100e3)
        self.assertAlmostEqual(found["scoring"], 2 * 64 * 38_208 / 100e3)

    def test_a_goal_below_the_least_is_out_of_reach(self):
        one = case(**{"JAX step": 3.0, "PyTorch eager": 12.0})
        for peer in one["peers"].values():
            peer["min_us"] = 90.0
        results = dict(steps=[one], pairs=[])
        parts = dict.fromkeys(["products", "task products", "pairs", "optimizer", "scoring"], 5.0)
        self.assertIn("| rank S, JAX 4× | JAX step | 22 | 20 | 90 | open |",
                      floors.left(results, dict(S=parts)))
        self.assertNotIn("eager", floors.left(results, dict(S=parts)))
        parts["pairs"] = 8.0
        self.assertIn("| out of reach |", floors.left(results, dict(S=parts)))


class ComparisonTests(unittest.TestCase):
    def test_a_ratio_is_the_median_of_the_rounds_ratios(self):
        found = compare.ratios([(10, 8), (40, 40), (90, 80)], [(5, 5), (4, 4), (10, 9)])
        self.assertEqual(found, dict(ratio=9, ratio_range=[2, 10], fastest_ratio=2))

    def test_losses_that_disagree_end_the_comparison(self):
        one = compare.StepCase("S", "rank", "1", "S.npz", 1)
        self.assertAlmostEqual(one.check("peer", [1.0, 0.001], [1.00005, 0.001]), 5e-5)
        with self.assertRaises(SystemExit):
            one.check("peer", [1.0], [1.001])
        with self.assertRaises(SystemExit):
            one.check("peer", [1.0], [float("nan")])


class PlainModelTests(unittest.TestCase):
    def test_slopes_are_those_of_differences(self):
        counts = dict(n=8, p=3, h=2, m=2, B=4, K=2)
        for variant in ["rank", "uniform"]:
            model = plain_peer.PlainModel(counts, variant)
            rows, stored = [0, 3, 5, 6], [[0.1 * j for j in range(8)]] * 2

            def total():
                return sum(model.losses(rows, stored), model.penalty())

            leaf = model.weights["W0"][1]
            slope, = plain_peer.gradient(total(), [leaf])
            value, step = leaf.value, 1e-5
            leaf.value = value + step
            above = total().value
            leaf.value = value - step
            below = total().value
            self.assertAlmostEqual(slope, (above - below) / (2 * step), places=8)


class PlotTests(unittest.TestCase):
    def test_a_plot_is_well_formed_and_has_a_line_a_series(self):
        drawing = svg.line_plot(
            "Time < rows", "n", "µs", {"a": [(10, 1), (1000, 50)], "b": [(10, 2), (1000, 60)]})
        root = xml.etree.ElementTree.fromstring(drawing)
        self.assertEqual(
            len(root.findall("{http://www.w3.org/2000/svg}polyline")), 2)

    def test_larger_values_stand_higher_and_further_right(self):
        axis = svg.Axis([1, 100], 0, 200)
        self.assertEqual((axis.at(1), axis.at(10), axis.at(100)), (0, 100, 200))
        self.assertEqual(axis.ticks(), [1, 2, 5, 10, 20, 50, 100])


class LinearTests(unittest.TestCase):
    def test_a_path_that_stays_above_the_best_objectives_is_marked(self):
        found = dict(Rankine=dict(objectives=[2.0, 1.0], seconds=[0.5]),
                     other=dict(objectives=[2.0, 1.01], seconds=[1.0]))
        case = dict(n=9, p=8, tasks=2, solvers=found, excess=linear.excess(found))
        self.assertAlmostEqual(case["excess"]["other"], 0.01)
        self.assertIn("| 9, 8, 2 | 0.50 s; 0e+00 | 1.00 s, 2.0×; 1e-02 (not reached) |",
                      linear.table([case]))


if __name__ == "__main__":
    unittest.main()
