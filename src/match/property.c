/* SPDX-License-Identifier: Apache-2.0 */
#include "match/property.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/utf8.h"

struct property_name {
	const char *name;  /* long; NULL: there is none */
	const char *alias; /* short; NULL: there is none */
};

/* Unicode's PropertyValueAliases, general categories. */
static const struct property_name categories[] = {
	{"Cased_Letter", "LC"},
	{"Close_Punctuation", "Pe"},
	{"Connector_Punctuation", "Pc"},
	{"Control", "Cc"},
	{"Currency_Symbol", "Sc"},
	{"Dash_Punctuation", "Pd"},
	{"Decimal_Number", "Nd"},
	{"Enclosing_Mark", "Me"},
	{"Final_Punctuation", "Pf"},
	{"Format", "Cf"},
	{"Initial_Punctuation", "Pi"},
	{"Letter", "L"},
	{"Letter_Number", "Nl"},
	{"Line_Separator", "Zl"},
	{"Lowercase_Letter", "Ll"},
	{"Mark", "M"},
	{"Math_Symbol", "Sm"},
	{"Modifier_Letter", "Lm"},
	{"Modifier_Symbol", "Sk"},
	{"Nonspacing_Mark", "Mn"},
	{"Number", "N"},
	{"Open_Punctuation", "Ps"},
	{"Other", "C"},
	{"Other_Letter", "Lo"},
	{"Other_Number", "No"},
	{"Other_Punctuation", "Po"},
	{"Other_Symbol", "So"},
	{"Paragraph_Separator", "Zp"},
	{"Private_Use", "Co"},
	{"Punctuation", "P"},
	{"Separator", "Z"},
	{"Space_Separator", "Zs"},
	{"Spacing_Mark", "Mc"},
	{"Surrogate", "Cs"},
	{"Symbol", "S"},
	{"Titlecase_Letter", "Lt"},
	{"Unassigned", "Cn"},
	{"Uppercase_Letter", "Lu"},
	/* further aliases */
	{"punct", "P"},
	{"digit", "Nd"},
	{"cntrl", "Cc"},
	{"Combining_Mark", "M"},
};

/* Unicode 14, the version PCRE2 10.42 knows. */
static const struct property_name scripts[] = {
	{"Adlam", "Adlm"},
	{"Ahom", "Ahom"},
	{"Anatolian_Hieroglyphs", "Hluw"},
	{"Arabic", "Arab"},
	{"Armenian", "Armn"},
	{"Avestan", "Avst"},
	{"Balinese", "Bali"},
	{"Bamum", "Bamu"},
	{"Bassa_Vah", "Bass"},
	{"Batak", "Batk"},
	{"Bengali", "Beng"},
	{"Bhaiksuki", "Bhks"},
	{"Bopomofo", "Bopo"},
	{"Brahmi", "Brah"},
	{"Braille", "Brai"},
	{"Buginese", "Bugi"},
	{"Buhid", "Buhd"},
	{"Canadian_Aboriginal", "Cans"},
	{"Carian", "Cari"},
	{"Caucasian_Albanian", "Aghb"},
	{"Chakma", "Cakm"},
	{"Cham", "Cham"},
	{"Cherokee", "Cher"},
	{"Chorasmian", "Chrs"},
	{"Common", "Zyyy"},
	{"Coptic", "Copt"},
	{"Cuneiform", "Xsux"},
	{"Cypriot", "Cprt"},
	{"Cypro_Minoan", "Cpmn"},
	{"Cyrillic", "Cyrl"},
	{"Deseret", "Dsrt"},
	{"Devanagari", "Deva"},
	{"Dives_Akuru", "Diak"},
	{"Dogra", "Dogr"},
	{"Duployan", "Dupl"},
	{"Egyptian_Hieroglyphs", "Egyp"},
	{"Elbasan", "Elba"},
	{"Elymaic", "Elym"},
	{"Ethiopic", "Ethi"},
	{"Georgian", "Geor"},
	{"Glagolitic", "Glag"},
	{"Gothic", "Goth"},
	{"Grantha", "Gran"},
	{"Greek", "Grek"},
	{"Gujarati", "Gujr"},
	{"Gunjala_Gondi", "Gong"},
	{"Gurmukhi", "Guru"},
	{"Han", "Hani"},
	{"Hangul", "Hang"},
	{"Hanifi_Rohingya", "Rohg"},
	{"Hanunoo", "Hano"},
	{"Hatran", "Hatr"},
	{"Hebrew", "Hebr"},
	{"Hiragana", "Hira"},
	{"Imperial_Aramaic", "Armi"},
	{"Inherited", "Zinh"},
	{"Inscriptional_Pahlavi", "Phli"},
	{"Inscriptional_Parthian", "Prti"},
	{"Javanese", "Java"},
	{"Kaithi", "Kthi"},
	{"Kannada", "Knda"},
	{"Katakana", "Kana"},
	{"Kayah_Li", "Kali"},
	{"Kharoshthi", "Khar"},
	{"Khitan_Small_Script", "Kits"},
	{"Khmer", "Khmr"},
	{"Khojki", "Khoj"},
	{"Khudawadi", "Sind"},
	{"Lao", "Laoo"},
	{"Latin", "Latn"},
	{"Lepcha", "Lepc"},
	{"Limbu", "Limb"},
	{"Linear_A", "Lina"},
	{"Linear_B", "Linb"},
	{"Lisu", "Lisu"},
	{"Lycian", "Lyci"},
	{"Lydian", "Lydi"},
	{"Mahajani", "Mahj"},
	{"Makasar", "Maka"},
	{"Malayalam", "Mlym"},
	{"Mandaic", "Mand"},
	{"Manichaean", "Mani"},
	{"Marchen", "Marc"},
	{"Masaram_Gondi", "Gonm"},
	{"Medefaidrin", "Medf"},
	{"Meetei_Mayek", "Mtei"},
	{"Mende_Kikakui", "Mend"},
	{"Meroitic_Cursive", "Merc"},
	{"Meroitic_Hieroglyphs", "Mero"},
	{"Miao", "Plrd"},
	{"Modi", "Modi"},
	{"Mongolian", "Mong"},
	{"Mro", "Mroo"},
	{"Multani", "Mult"},
	{"Myanmar", "Mymr"},
	{"Nabataean", "Nbat"},
	{"Nandinagari", "Nand"},
	{"New_Tai_Lue", "Talu"},
	{"Newa", "Newa"},
	{"Nko", "Nkoo"},
	{"Nushu", "Nshu"},
	{"Nyiakeng_Puachue_Hmong", "Hmnp"},
	{"Ogham", "Ogam"},
	{"Ol_Chiki", "Olck"},
	{"Old_Hungarian", "Hung"},
	{"Old_Italic", "Ital"},
	{"Old_North_Arabian", "Narb"},
	{"Old_Permic", "Perm"},
	{"Old_Persian", "Xpeo"},
	{"Old_Sogdian", "Sogo"},
	{"Old_South_Arabian", "Sarb"},
	{"Old_Turkic", "Orkh"},
	{"Old_Uyghur", "Ougr"},
	{"Oriya", "Orya"},
	{"Osage", "Osge"},
	{"Osmanya", "Osma"},
	{"Pahawh_Hmong", "Hmng"},
	{"Palmyrene", "Palm"},
	{"Pau_Cin_Hau", "Pauc"},
	{"Phags_Pa", "Phag"},
	{"Phoenician", "Phnx"},
	{"Psalter_Pahlavi", "Phlp"},
	{"Rejang", "Rjng"},
	{"Runic", "Runr"},
	{"Samaritan", "Samr"},
	{"Saurashtra", "Saur"},
	{"Sharada", "Shrd"},
	{"Shavian", "Shaw"},
	{"Siddham", "Sidd"},
	{"SignWriting", "Sgnw"},
	{"Sinhala", "Sinh"},
	{"Sogdian", "Sogd"},
	{"Sora_Sompeng", "Sora"},
	{"Soyombo", "Soyo"},
	{"Sundanese", "Sund"},
	{"Syloti_Nagri", "Sylo"},
	{"Syriac", "Syrc"},
	{"Tagalog", "Tglg"},
	{"Tagbanwa", "Tagb"},
	{"Tai_Le", "Tale"},
	{"Tai_Tham", "Lana"},
	{"Tai_Viet", "Tavt"},
	{"Takri", "Takr"},
	{"Tamil", "Taml"},
	{"Tangsa", "Tnsa"},
	{"Tangut", "Tang"},
	{"Telugu", "Telu"},
	{"Thaana", "Thaa"},
	{"Thai", "Thai"},
	{"Tibetan", "Tibt"},
	{"Tifinagh", "Tfng"},
	{"Tirhuta", "Tirh"},
	{"Toto", "Toto"},
	{"Ugaritic", "Ugar"},
	{"Vai", "Vaii"},
	{"Vithkuqi", "Vith"},
	{"Wancho", "Wcho"},
	{"Warang_Citi", "Wara"},
	{"Yezidi", "Yezi"},
	{"Yi", "Yiii"},
	{"Zanabazar_Square", "Zanb"},
	/* further aliases */
	{"Coptic", "Qaac"},
	{"Inherited", "Qaai"},
};

/* The binary properties of ECMA-262, table 71, that PCRE2 knows. */
static const struct property_name binaries[] = {
	{"ASCII", NULL},
	{"ASCII_Hex_Digit", "AHex"},
	{"Alphabetic", "Alpha"},
	{"Bidi_Control", "Bidi_C"},
	{"Case_Ignorable", "CI"},
	{"Cased", NULL},
	{"Changes_When_Casefolded", "CWCF"},
	{"Changes_When_Casemapped", "CWCM"},
	{"Changes_When_Lowercased", "CWL"},
	{"Changes_When_Titlecased", "CWT"},
	{"Changes_When_Uppercased", "CWU"},
	{"Dash", NULL},
	{"Default_Ignorable_Code_Point", "DI"},
	{"Deprecated", "Dep"},
	{"Diacritic", "Dia"},
	{"Emoji", NULL},
	{"Emoji_Component", "EComp"},
	{"Emoji_Modifier", "EMod"},
	{"Emoji_Modifier_Base", "EBase"},
	{"Emoji_Presentation", "EPres"},
	{"Extended_Pictographic", "ExtPict"},
	{"Extender", "Ext"},
	{"Grapheme_Base", "Gr_Base"},
	{"Grapheme_Extend", "Gr_Ext"},
	{"Hex_Digit", "Hex"},
	{"IDS_Binary_Operator", "IDSB"},
	{"IDS_Trinary_Operator", "IDST"},
	{"ID_Continue", "IDC"},
	{"ID_Start", "IDS"},
	{"Ideographic", "Ideo"},
	{"Join_Control", "Join_C"},
	{"Logical_Order_Exception", "LOE"},
	{"Lowercase", "Lower"},
	{"Math", NULL},
	{"Noncharacter_Code_Point", "NChar"},
	{"Pattern_Syntax", "Pat_Syn"},
	{"Pattern_White_Space", "Pat_WS"},
	{"Quotation_Mark", "QMark"},
	{"Radical", NULL},
	{"Regional_Indicator", "RI"},
	{"Sentence_Terminal", "STerm"},
	{"Soft_Dotted", "SD"},
	{"Terminal_Punctuation", "Term"},
	{"Unified_Ideograph", "UIdeo"},
	{"Uppercase", "Upper"},
	{"Variation_Selector", "VS"},
	{"White_Space", "space"},
	{"XID_Continue", "XIDC"},
	{"XID_Start", "XIDS"},
};

/* ... that it does not know, or for mirrored glyphs only in part. */
static const struct property_name missing[] = {
	{"Bidi_Mirrored", "Bidi_M"},
	{"Changes_When_NFKC_Casefolded", "CWKCF"},
};

static const struct property_name *find_name(const struct property_name *names,
					     size_t count, str name)
{
	for (size_t i = 0; i < count; i++)
		if ((names[i].name && str_is(name, names[i].name)) ||
		    (names[i].alias && str_is(name, names[i].alias)))
			return &names[i];
	return NULL;
}

static void write_item(struct buf *out, const char *before, const char *name,
		       bool negative)
{
	buf_format(out, "\\%c{%s%s}", negative ? 'P' : 'p', before, name);
}

static enum property_result write_category(struct buf *out, str name,
					   bool negative)
{
	const struct property_name *found =
		find_name(categories, ARRAY_SIZE(categories), name);

	if (!found)
		return PROPERTY_UNKNOWN;
	if (str_is(str_of(found->alias), "LC"))
		write_item(out, "", "L&", negative);
	else
		write_item(out, "", found->alias, negative);
	return PROPERTY_WRITTEN;
}

static enum property_result write_script(struct buf *out, const char *before,
					 str name, bool negative)
{
	const struct property_name *found =
		find_name(scripts, ARRAY_SIZE(scripts), name);

	if (!found)
		return PROPERTY_UNKNOWN;
	write_item(out, before, found->name, negative);
	return PROPERTY_WRITTEN;
}

enum property_result property_ecma(struct buf *out, str name, str value,
				   bool negative)
{
	const struct property_name *found;

	if (value.ptr) {
		if (str_is(name, "General_Category") || str_is(name, "gc"))
			return write_category(out, value, negative);
		if (str_is(name, "Script") || str_is(name, "sc"))
			return write_script(out, "sc:", value, negative);
		if (str_is(name, "Script_Extensions") || str_is(name, "scx"))
			return write_script(out, "scx:", value, negative);
		return PROPERTY_UNKNOWN;
	}
	if (str_is(name, "Any") || str_is(name, "Assigned")) {
		bool any = str_is(name, "Any");

		write_item(out, "", any ? "Any" : "Cn", negative == any);
		return PROPERTY_WRITTEN;
	}
	found = find_name(binaries, ARRAY_SIZE(binaries), name);
	if (found) {
		write_item(out, "", found->name, negative);
		return PROPERTY_WRITTEN;
	}
	if (find_name(missing, ARRAY_SIZE(missing), name))
		return PROPERTY_UNSUPPORTED;
	return write_category(out, name, negative);
}

/* RE2 knows categories by their short names only, and its C leaves out what
 * is not assigned. */
enum property_result property_re2(struct buf *out, str name, bool negative,
				  bool fold)
{
	if (str_is(name, "Any")) {
		write_item(out, "", "Any", negative);
		return PROPERTY_WRITTEN;
	}
	if (str_is(name, "C")) {
		buf_add(out, negative ? STR("\\P{C}\\p{Cn}")
				      : STR("\\p{Cc}\\p{Cf}\\p{Co}"));
		return PROPERTY_WRITTEN;
	}
	if (fold &&
	    (str_is(name, "Lu") || str_is(name, "Ll") || str_is(name, "Lt"))) {
		write_item(out, "", "L&", negative);
		return PROPERTY_WRITTEN;
	}
	if (name.len <= 2 && !str_is(name, "LC") && !str_is(name, "Cn") &&
	    write_category(out, name, negative) == PROPERTY_WRITTEN)
		return PROPERTY_WRITTEN;
	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++)
		if (str_is(name, scripts[i].name)) {
			write_item(out, "sc:", scripts[i].name, negative);
			return PROPERTY_WRITTEN;
		}
	return PROPERTY_UNKNOWN;
}

static bool holds(uint32_t code_point, const char *pattern)
{
	char text[4];
	size_t length = utf8_put(text, code_point);
	int code;
	PCRE2_SIZE at;
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	pcre2_code *compiled =
		pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
			      PCRE2_UTF, &code, &at, NULL);
	bool yes = data && compiled &&
		   pcre2_match(compiled, (PCRE2_SPTR)text, length, 0, 0, data,
			       NULL) > 0;

	pcre2_code_free(compiled);
	pcre2_match_data_free(data);
	return yes;
}

bool property_identifier(uint32_t code_point, bool start)
{
	if (code_point < 0x80) {
		bool letter = (code_point | 0x20) >= 'a' &&
			      (code_point | 0x20) <= 'z';
		bool digit = code_point >= '0' && code_point <= '9';

		return letter || code_point == '$' || code_point == '_' ||
		       (!start && digit);
	}
	if (!start && (code_point == 0x200C || code_point == 0x200D))
		return true;
	return holds(code_point, start ? "\\p{IDS}" : "\\p{IDC}");
}
