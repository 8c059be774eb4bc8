namespace MallVip.Silo.Import.Rows;

/// <summary>Why a row is rejected.</summary>
/// <param name="Code">One of <see cref="RejectCodes"/>.</param>
/// <param name="Reason">A sentence for the operator.</param>
internal sealed record RowFault(string Code, string Reason);
