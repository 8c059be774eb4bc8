using MallVip.Grains.Journal;
using MallVip.Rules.Audit;
using MallVip.Rules.Journaling;

namespace MallVip.Silo.Verify;

/// <summary>What <c>mallvip verify</c> was asked to do.</summary>
/// <param name="Data">The journal's folder; a running silo may have it open.</param>
/// <param name="Anchor">A file of exported roots to compare with; null: none.</param>
/// <param name="ExportAnchor">Where to export the roots; null: nowhere.</param>
public sealed record VerifyOptions(string Data, string? Anchor, string? ExportAnchor);
