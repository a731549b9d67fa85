/// The look of a report page.
enum PageStyle {
  static let sheet: String = """
    :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1f2937;
      --quiet: #5b6472; --rule: #dfe3e8; --accent: #0072b2; --best: #e6f1f8; }
    @media (prefers-color-scheme: dark) { :root { --page: #0e1116; --card: #14181e;
      --text: #e6e9ee; --quiet: #a3adba; --rule: #2c333d; --accent: #4da6e8; --best: #17324a; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; background: var(--page);
      color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto,
      "Helvetica Neue", sans-serif; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.3rem; letter-spacing: -0.01em; }
    h2 { font-size: 1.2rem; margin: 0 0 0.8rem; }
    .lead { color: var(--quiet); margin: 0 0 1rem; }
    nav { display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; font-size: 0.92rem;
      margin-bottom: 0.5rem; }
    a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
    section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px;
      padding: 1.2rem 1.4rem; margin: 1.2rem 0; }
    section > :last-child { margin-bottom: 0; }
    .table { overflow-x: auto; margin: 0 0 1rem; }
    table { border-collapse: collapse; font-size: 0.9rem; min-width: 60%; }
    caption { text-align: left; color: var(--quiet); padding-bottom: 0.5rem; }
    th, td { text-align: left; padding: 0.32rem 0.8rem 0.32rem 0; white-space: nowrap; }
    thead th { border-bottom: 2px solid var(--rule); }
    tbody tr:not(.group) td { border-bottom: 1px solid var(--rule); }
    .group th { padding-top: 0.9rem; color: var(--quiet); font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; padding-left: 0.8rem; }
    td b { background: var(--best); border-radius: 4px; padding: 0.1rem 0.35rem;
      margin-right: -0.35rem; }
    figure { margin: 0 0 1.2rem; } figure .plot { width: 100%; max-width: 46rem; }
    figcaption { color: var(--quiet); font-size: 0.9rem;
      padding: 0.3rem 0 0 0.3rem; }
    dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr));
      gap: 0.7rem 1.2rem; margin: 0 0 1rem; }
    dt { color: var(--quiet); font-size: 0.82rem; } dd { margin: 0; overflow-wrap: anywhere; }
    pre { background: var(--page); border: 1px solid var(--rule); border-radius: 6px;
      padding: 0.8rem 1rem; overflow-x: auto; font: 0.85rem/1.5 ui-monospace, SFMono-Regular,
      Menlo, Consolas, monospace; }
    @media print { :root { --page: #fff; --card: #fff; --text: #000; --quiet: #333;
      --rule: #bbb; --best: #eee; } nav { display: none; } body { max-width: none; padding: 0; }
      section { border: 0; padding: 0; } figure, tr { break-inside: avoid; }
      .table { overflow: visible; } }

    """
}
